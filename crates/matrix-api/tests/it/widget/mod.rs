mod messages;
mod openid;
mod template;
