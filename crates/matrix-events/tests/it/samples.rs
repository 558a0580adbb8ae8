//! For each type of content at least one with every field that is known.

/// Contents in a room.
pub(crate) const ROOM: &[(&str, &str)] = &[
    (
        "m.room.create",
        r#"{"additional_creators":["@b:b.org"],"creator":"@a:a.org","m.federate":false,
        "predecessor":{"event_id":"$e:a.org","room_id":"!o:a.org"},"room_version":"12","type":"m.space"}"#,
    ),
    (
        "m.room.member",
        r#"{"avatar_url":"mxc://a.org/av","displayname":"Ann","is_direct":true,
        "join_authorised_via_users_server":"@c:c.org","membership":"invite","reason":"come \"in\"\n",
        "third_party_invite":{"display_name":"ann","signed":{"mxid":"@a:a.org","token":"t",
        "signatures":{"id.org":{"ed25519:0":"c2ln"}}}}}"#,
    ),
    ("m.room.member", r#"{"membership":"org.example.lurk"}"#),
    (
        "m.room.power_levels",
        r#"{"ban":50,"events":{"m.room.name":"50","x":1.5},"events_default":0,"invite":0,"kick":50,
        "notifications":{"room":20},"redact":50,"state_default":50,"users":{"@a:a.org":100,"@b:b.org":9007199254740993},
        "users_default":-1}"#,
    ),
    (
        "m.room.join_rules",
        r#"{"allow":[{"room_id":"!r:a.org","type":"m.room_membership"},{"type":"org.x","y":1}],
        "join_rule":"restricted"}"#,
    ),
    (
        "m.room.third_party_invite",
        r#"{"display_name":"Al","key_validity_url":"https://id.org/v","public_key":"k",
        "public_keys":[{"key_validity_url":"https://id.org/v","public_key":"k"}]}"#,
    ),
    ("m.room.history_visibility", r#"{"history_visibility":"world_readable"}"#),
    ("m.room.guest_access", r#"{"guest_access":"can_join"}"#),
    ("m.room.name", r#"{"name":"Tea"}"#),
    (
        "m.room.topic",
        r#"{"m.topic":{"m.text":[{"body":"<b>t</b>","mimetype":"text/html"},{"body":"t"}]},"topic":"t"}"#,
    ),
    (
        "m.room.avatar",
        r#"{"info":{"h":1,"mimetype":"image/png","size":2,"thumbnail_info":{"h":3,"mimetype":"image/png",
        "size":4,"w":5},"thumbnail_url":"mxc://a.org/t","w":6},"url":"mxc://a.org/i"}"#,
    ),
    ("m.room.canonical_alias", r##"{"alias":"#a:a.org","alt_aliases":["#b:a.org"]}"##),
    ("m.room.canonical_alias", r##"{"alt_aliases":["#b:a.org"]}"##),
    ("m.room.aliases", r##"{"aliases":["#a:a.org"]}"##),
    (
        "m.room.encryption",
        r#"{"algorithm":"m.megolm.v1.aes-sha2","rotation_period_ms":604800000,
        "rotation_period_msgs":100}"#,
    ),
    ("m.room.pinned_events", r#"{"pinned":["$a","$b"]}"#),
    ("m.room.server_acl", r#"{"allow":["*"],"allow_ip_literals":false,"deny":["*.evil.org"]}"#),
    ("m.room.tombstone", r#"{"body":"moved","replacement_room":"!n:a.org"}"#),
    ("m.room.redaction", r#"{"reason":"spam","redacts":"$a"}"#),
    ("m.room.redaction", r#"{"redacts":["$a","$b"]}"#),
    (
        "m.room.message",
        r#"{"body":"hi","format":"org.matrix.custom.html","formatted_body":"<b>hi</b>",
        "m.mentions":{"room":true,"user_ids":["@a:a.org"]},"m.new_content":{"body":"ho","msgtype":"m.text"},
        "m.relates_to":{"event_id":"$a","rel_type":"m.replace"},"msgtype":"m.text"}"#,
    ),
    (
        "m.room.message",
        r#"{"body":"hi","m.relates_to":{"event_id":"$a","is_falling_back":true,
        "m.in_reply_to":{"event_id":"$b"},"rel_type":"m.thread"},"msgtype":"m.notice"}"#,
    ),
    ("m.room.message", r#"{"body":"waves","msgtype":"m.emote"}"#),
    (
        "m.room.message",
        r#"{"body":"i","file":{"hashes":{"sha256":"aGFzaA"},"iv":"aXY","key":{"alg":"A256CTR","ext":true,
        "k":"a2V5","key_ops":["encrypt","decrypt"],"kty":"oct"},"url":"mxc://a.org/i","v":"v2"},"filename":"i.png",
        "format":"org.matrix.custom.html","formatted_body":"i","info":{"h":1,"thumbnail_file":{"hashes":{},"iv":"",
        "key":{"alg":"A256CTR","ext":true,"k":"","key_ops":[],"kty":"oct"},"url":"mxc://a.org/i","v":"v2"}},
        "m.mentions":{},"msgtype":"m.image"}"#,
    ),
    (
        "m.room.message",
        r#"{"body":"f","filename":"f.txt","info":{"mimetype":"text/plain","size":7,
        "thumbnail_info":{"w":1},"thumbnail_url":"mxc://a.org/t"},"msgtype":"m.file","url":"mxc://a.org/f"}"#,
    ),
    (
        "m.room.message",
        r#"{"body":"a","info":{"duration":9,"mimetype":"audio/ogg","size":7},"msgtype":"m.audio",
        "url":"mxc://a.org/f"}"#,
    ),
    (
        "m.room.message",
        r#"{"body":"v","info":{"duration":9,"h":1,"mimetype":"video/mp4","size":7,"w":2},
        "msgtype":"m.video","url":"mxc://a.org/f"}"#,
    ),
    (
        "m.room.message",
        r#"{"body":"here","geo_uri":"geo:51.5,-0.1","info":{"thumbnail_info":{"w":1},
        "thumbnail_url":"mxc://a.org/t"},"msgtype":"m.location"}"#,
    ),
    (
        "m.room.message",
        r#"{"body":"verify","format":"org.matrix.custom.html","formatted_body":"verify",
        "from_device":"DEV","methods":["m.sas.v1","org.x"],"msgtype":"m.key.verification.request","to":"@b:b.org"}"#,
    ),
    (
        "m.room.message",
        r#"{"admin_contact":"mailto:a@a.org","body":"full","limit_type":"monthly_active_user",
        "msgtype":"m.server_notice","server_notice_type":"m.server_notice.usage_limit_reached"}"#,
    ),
    (
        "m.room.message",
        r#"{"body":"?","m.mentions":{},"m.new_content":{},"m.relates_to":{},"msgtype":"org.x.poll","q":[1]}"#,
    ),
    (
        "m.sticker",
        r#"{"body":"s","info":{"h":1},"m.mentions":{},"m.relates_to":{"rel_type":"org.x"},
        "url":"mxc://a.org/s"}"#,
    ),
    ("m.reaction", r#"{"m.relates_to":{"event_id":"$a","key":"👍","rel_type":"m.annotation"}}"#),
    (
        "m.room.encrypted",
        r#"{"algorithm":"m.megolm.v1.aes-sha2","ciphertext":"Y2lwaGVy","device_id":"DEV",
        "m.relates_to":{"event_id":"$a","rel_type":"m.reference"},"sender_key":"c2s","session_id":"c2Vzcw"}"#,
    ),
    ("m.room.encrypted", r#"{"algorithm":"org.x","ciphertext":{"k":{"body":"b","type":1}}}"#),
    ("m.policy.rule.user", r#"{"entity":"@spam*:*","reason":"spam","recommendation":"m.ban"}"#),
    ("m.policy.rule.room", r#"{"entity":"!r:a.org","reason":"spam","recommendation":"org.x.mute"}"#),
    ("m.policy.rule.server", r#"{"entity":"*.evil.org","reason":"","recommendation":"m.ban"}"#),
    ("m.space.child", r#"{"order":"aa","suggested":true,"via":["a.org"]}"#),
    ("m.space.child", r#"{"via":[]}"#),
    ("m.space.parent", r#"{"canonical":true,"via":["a.org","b.org:8448"]}"#),
    (
        "m.widget",
        r#"{"avatar_url":"mxc://a.org/w","creatorUserId":"@a:a.org","data":{"title":"t"},"id":"w","name":"W",
        "type":"m.custom","url":"https://a.org/?u=$matrix_user_id","waitForIframeLoad":true}"#,
    ),
    ("im.vector.modular.widgets", r#"{"type":"m.custom","url":"https://a.org/"}"#),
    ("org.example.custom", r#"{"anything":[1,2.5,{"x":null}]}"#),
];

const REFERENCE: &str = r#""m.relates_to":{"event_id":"$r","rel_type":"m.reference"}"#;

/// `m.key.verification.*` without what says which verification is meant.
pub(crate) const VERIFICATION: &[(&str, &str)] = &[
    ("m.key.verification.ready", r#""from_device":"DEV","methods":["m.qr_code.show.v1","m.reciprocate.v1"]"#),
    (
        "m.key.verification.start",
        r#""from_device":"DEV","hashes":["sha256"],
        "key_agreement_protocols":["curve25519-hkdf-sha256"],"message_authentication_codes":["hkdf-hmac-sha256.v2"],
        "method":"m.sas.v1","next_method":"m.reciprocate.v1","short_authentication_string":["emoji","decimal"]"#,
    ),
    ("m.key.verification.start", r#""from_device":"DEV","method":"m.reciprocate.v1","secret":"c2VjcmV0""#),
    (
        "m.key.verification.accept",
        r#""commitment":"Yw","hash":"sha256","key_agreement_protocol":"curve25519",
        "message_authentication_code":"hkdf-hmac-sha256","method":"m.sas.v1","short_authentication_string":["emoji"]"#,
    ),
    ("m.key.verification.key", r#""key":"a2V5""#),
    ("m.key.verification.mac", r#""keys":"bWFj","mac":{"ed25519:DEV":"bWFj"}"#),
    ("m.key.verification.done", r#""org.x":1"#),
    ("m.key.verification.cancel", r#""code":"m.mismatched_sas","reason":"no match""#),
];

/// The contents of verification as they are sent to a room (MSC2241).
pub(crate) fn in_room() -> Vec<(&'static str, String)> {
    VERIFICATION.iter().map(|(kind, fields)| (*kind, format!("{{{fields},{REFERENCE}}}"))).collect()
}

/// The contents of verification as they are sent to a device (MSC1717).
pub(crate) fn to_device() -> Vec<(&'static str, String)> {
    VERIFICATION
        .iter()
        .map(|(kind, fields)| (*kind, format!("{{{fields},\"transaction_id\":\"t1\"}}")))
        .collect()
}

/// Contents to a device.
pub(crate) const TO_DEVICE: &[(&str, &str)] = &[
    (
        "m.room.encrypted",
        r#"{"algorithm":"m.olm.v1.curve25519-aes-sha2","ciphertext":{"a2V5":{"body":"Ym9keQ","type":0}},
        "sender_key":"c2s"}"#,
    ),
    (
        "m.room_key",
        r#"{"algorithm":"m.megolm.v1.aes-sha2","room_id":"!r:a.org","session_id":"s","session_key":"a2V5"}"#,
    ),
    (
        "m.room_key_request",
        r#"{"action":"request","body":{"algorithm":"m.megolm.v1.aes-sha2","room_id":"!r:a.org",
        "sender_key":"c2s","session_id":"s"},"request_id":"1","requesting_device_id":"DEV"}"#,
    ),
    (
        "m.room_key_request",
        r#"{"action":"request_cancellation","request_id":"1","requesting_device_id":"DEV"}"#,
    ),
    (
        "m.forwarded_room_key",
        r#"{"algorithm":"m.megolm.v1.aes-sha2","forwarding_curve25519_key_chain":["Yw"],
        "room_id":"!r:a.org","sender_claimed_ed25519_key":"ZQ","sender_key":"c2s","session_id":"s","session_key":"a2V5",
        "withheld":{"code":"m.unverified","reason":"not verified"}}"#,
    ),
    (
        "m.room_key.withheld",
        r#"{"algorithm":"m.megolm.v1.aes-sha2","code":"m.unverified","reason":"no",
        "room_id":"!r:a.org","sender_key":"c2s","session_id":"s"}"#,
    ),
    ("m.room_key.withheld", r#"{"algorithm":"m.megolm.v1.aes-sha2","code":"m.no_olm","sender_key":"c2s"}"#),
    (
        "org.matrix.room_key.withheld",
        r#"{"algorithm":"m.megolm.v1.aes-sha2","code":"m.no_olm","sender_key":"c2s"}"#,
    ),
    ("m.dummy", "{}"),
    (
        "m.secret.request",
        r#"{"action":"request","name":"m.megolm_backup.v1","request_id":"1",
        "requesting_device_id":"DEV"}"#,
    ),
    ("m.secret.send", r#"{"request_id":"1","secret":"c2VjcmV0"}"#),
    (
        "m.key.verification.request",
        r#"{"from_device":"DEV","methods":["m.sas.v1"],"timestamp":1700000000000,
        "transaction_id":"t1"}"#,
    ),
];

/// Contents of account data.
pub(crate) const ACCOUNT_DATA: &[(&str, &str)] = &[
    ("m.identity_server", r#"{"base_url":"https://id.org"}"#),
    ("m.identity_server", r#"{"base_url":null}"#),
    ("m.accepted_terms", r#"{"accepted":["https://a.org/terms"]}"#),
    ("m.direct", r#"{"@a:a.org":["!r:a.org"],"@b:b.org":[]}"#),
    ("m.ignored_user_list", r#"{"ignored_users":{"@a:a.org":{},"@b:b.org":{"since":1}}}"#),
    (
        "m.push_rules",
        r#"{"global":{"content":[{"actions":["notify",{"set_tweak":"sound","value":"default"}],
        "default":true,"enabled":true,"pattern":"ann","rule_id":".m.rule.contains_user_name"}],"override":[{"actions":[],
        "conditions":[{"kind":"event_match"}],"default":true,"enabled":false,"rule_id":".m.rule.master"}],"room":[],
        "sender":[],"underride":[]}}"#,
    ),
    ("m.tag", r#"{"tags":{"m.favourite":{"order":0.25},"u.work":{"order":1},"u.x":{}}}"#),
    ("m.fully_read", r#"{"event_id":"$a"}"#),
    ("m.marked_unread", r#"{"unread":true}"#),
    ("m.secret_storage.default_key", r#"{"key":"KEY"}"#),
    (
        "m.secret_storage.key.KEY",
        r#"{"algorithm":"m.secret_storage.v1.aes-hmac-sha2","iv":"aXY","mac":"bWFj","name":"n",
        "passphrase":{"algorithm":"m.pbkdf2","bits":256,"iterations":500000,"salt":"s"}}"#,
    ),
    ("m.megolm_backup.v1", r#"{"encrypted":{"KEY":{"ciphertext":"Yw","iv":"aXY","mac":"bWFj"}}}"#),
    ("m.cross_signing.master", r#"{"encrypted":{"KEY":{"passthrough":true}}}"#),
    ("m.cross_signing.self_signing", r#"{"encrypted":{}}"#),
    ("m.cross_signing.user_signing", r#"{"encrypted":{}}"#),
    (
        "m.widgets",
        r#"{"w":{"content":{"type":"m.custom","url":"https://a.org/"},"id":"w","sender":"@a:a.org",
        "state_key":"w","type":"m.widget"}}"#,
    ),
];

/// Contents that are not kept.
pub(crate) const EPHEMERAL: &[(&str, &str)] = &[
    ("m.typing", r#"{"user_ids":["@a:a.org"]}"#),
    (
        "m.receipt",
        r#"{"$a":{"m.read":{"@a:a.org":{"thread_id":"main","ts":1700000000000}},"m.read.private":{},
        "org.x":{"@b:b.org":{}}}}"#,
    ),
    (
        "m.presence",
        r#"{"avatar_url":"mxc://a.org/i","currently_active":false,"displayname":"Ann","last_active_ago":5,
        "presence":"online","status_msg":"hi"}"#,
    ),
];

/// Contents between servers.
pub(crate) const EDU: &[(&str, &str)] = &[
    ("m.typing", r#"{"room_id":"!r:a.org","typing":true,"user_id":"@a:a.org"}"#),
    (
        "m.presence",
        r#"{"push":[{"currently_active":true,"last_active_ago":5,"presence":"unavailable","status_msg":"hi",
        "user_id":"@a:a.org"}]}"#,
    ),
    (
        "m.receipt",
        r#"{"!r:a.org":{"m.read":{"@a:a.org":{"data":{"thread_id":"main","ts":1},"event_ids":["$a"]}}}}"#,
    ),
    (
        "m.device_list_update",
        r#"{"deleted":false,"device_display_name":"Phone","device_id":"DEV","keys":{"algorithms":[
        "m.olm.v1.curve25519-aes-sha2"],"device_id":"DEV","keys":{"ed25519:DEV":"a2V5"},"signatures":{"@a:a.org":
        {"ed25519:DEV":"c2ln"}},"unsigned":{"device_display_name":"P"},"user_id":"@a:a.org"},"prev_id":[5],"stream_id":6,
        "user_id":"@a:a.org"}"#,
    ),
    (
        "m.signing_key_update",
        r#"{"master_key":{"keys":{"ed25519:k":"k"},"signatures":{"@a:a.org":{"ed25519:DEV":"c2ln"}},
        "usage":["master"],"user_id":"@a:a.org"},"self_signing_key":{"keys":{},"usage":["self_signing"],
        "user_id":"@a:a.org"},"user_id":"@a:a.org"}"#,
    ),
    (
        "m.direct_to_device",
        r#"{"message_id":"1","messages":{"@b:b.org":{"*":{"x":1}}},"sender":"@a:a.org",
        "type":"m.dummy"}"#,
    ),
];
