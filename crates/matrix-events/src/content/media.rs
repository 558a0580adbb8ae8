//! Files: where they are, how they are encrypted, what is known of them.

use std::collections::BTreeMap;

use matrix_canonicaljson::Integer;
use matrix_identifiers::OwnedMxcUri;

use crate::Secret;

object! {
    /// A file that is [encrypted](https://spec.matrix.org/v1.19/client-server-api/#extensions-to-mroommessage-msgtypes),
    /// and how to decrypt it.
    ///
    /// `mimetype`, which old clients put here, is passed over and never written (MSC2582).
    pub struct EncryptedFile skips "mimetype" {
        /// Hashes of the ciphertext in unpadded base64, by algorithm; `sha256` has to be among them.
        hashes: BTreeMap<String, String> = "hashes",
        /// The 128-bit counter block that AES-CTR starts from, in unpadded base64.
        iv: String = "iv",
        /// The key.
        key: JsonWebKey = "key",
        /// The ciphertext.
        url: OwnedMxcUri = "url",
        /// The version of the protocol: `v2`.
        version: String = "v",
    }
}

object! {
    /// A JSON Web Key.
    pub struct JsonWebKey {
        /// The algorithm: `A256CTR`.
        algorithm: String = "alg",
        /// Whether the key may be extracted: yes.
        extractable: bool = "ext",
        /// The key in URL-safe unpadded base64.
        key: Secret = "k",
        /// What the key is for: at least `encrypt` and `decrypt`.
        key_ops: Vec<String> = "key_ops",
        /// The key's type: `oct`.
        key_type: String = "kty",
    }
}

object! {
    /// About a thumbnail.
    pub struct ThumbnailInfo {
        /// Its height in pixels.
        height: Option<Integer> = "h",
        /// Its type.
        mimetype: Option<String> = "mimetype",
        /// Its size in bytes.
        size: Option<Integer> = "size",
        /// Its width in pixels.
        width: Option<Integer> = "w",
    }
}

object! {
    /// About an image.
    pub struct ImageInfo {
        /// The height at which to show it, in pixels.
        height: Option<Integer> = "h",
        /// Its type.
        mimetype: Option<String> = "mimetype",
        /// Its size in bytes.
        size: Option<Integer> = "size",
        /// A thumbnail that is encrypted.
        thumbnail_file: Option<Box<EncryptedFile>> = "thumbnail_file",
        /// About the thumbnail.
        thumbnail_info: Option<Box<ThumbnailInfo>> = "thumbnail_info",
        /// A thumbnail that is not encrypted.
        thumbnail_url: Option<OwnedMxcUri> = "thumbnail_url",
        /// The width at which to show it, in pixels.
        width: Option<Integer> = "w",
    }
}

object! {
    /// About a file.
    pub struct FileInfo {
        /// Its type.
        mimetype: Option<String> = "mimetype",
        /// Its size in bytes.
        size: Option<Integer> = "size",
        /// A thumbnail that is encrypted.
        thumbnail_file: Option<Box<EncryptedFile>> = "thumbnail_file",
        /// About the thumbnail.
        thumbnail_info: Option<Box<ThumbnailInfo>> = "thumbnail_info",
        /// A thumbnail that is not encrypted.
        thumbnail_url: Option<OwnedMxcUri> = "thumbnail_url",
    }
}

object! {
    /// About a sound.
    pub struct AudioInfo {
        /// Its length in milliseconds.
        duration: Option<Integer> = "duration",
        /// Its type.
        mimetype: Option<String> = "mimetype",
        /// Its size in bytes.
        size: Option<Integer> = "size",
    }
}

object! {
    /// About a video.
    pub struct VideoInfo {
        /// Its length in milliseconds.
        duration: Option<Integer> = "duration",
        /// Its height in pixels.
        height: Option<Integer> = "h",
        /// Its type.
        mimetype: Option<String> = "mimetype",
        /// Its size in bytes.
        size: Option<Integer> = "size",
        /// A thumbnail that is encrypted.
        thumbnail_file: Option<Box<EncryptedFile>> = "thumbnail_file",
        /// About the thumbnail.
        thumbnail_info: Option<Box<ThumbnailInfo>> = "thumbnail_info",
        /// A thumbnail that is not encrypted.
        thumbnail_url: Option<OwnedMxcUri> = "thumbnail_url",
        /// Its width in pixels.
        width: Option<Integer> = "w",
    }
}

object! {
    /// About a place.
    pub struct LocationInfo {
        /// A thumbnail that is encrypted.
        thumbnail_file: Option<Box<EncryptedFile>> = "thumbnail_file",
        /// About the thumbnail.
        thumbnail_info: Option<Box<ThumbnailInfo>> = "thumbnail_info",
        /// A thumbnail that is not encrypted.
        thumbnail_url: Option<OwnedMxcUri> = "thumbnail_url",
    }
}
