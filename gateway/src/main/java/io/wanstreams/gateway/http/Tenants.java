package io.wanstreams.gateway.http;

/** Whose jobs a request is about. There are no keys yet: everybody is the same tenant. */
final class Tenants {

    static final String ONLY = "default";

    private Tenants() {}
}
