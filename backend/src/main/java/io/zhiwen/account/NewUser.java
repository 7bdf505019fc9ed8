package io.zhiwen.account;

/// A user just made, with the one-time password to hand over; it is shown once.
public record NewUser(UserRow user, String oneTimePassword) {}
