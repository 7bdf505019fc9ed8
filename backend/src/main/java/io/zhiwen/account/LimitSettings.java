package io.zhiwen.account;

/// How often one caller may come in a minute, over all nodes; 0 for as often as they like. Calls
/// come back one by one, so a minute's worth may be used at once.
///
/// @param requests of a key, and searches of a person
/// @param questions of a key or a person
/// @param uploads of a key or a person
/// @param strangers requests to the interfaces for services without a good key, of one address
public record LimitSettings(int requests, int questions, int uploads, int strangers) {}
