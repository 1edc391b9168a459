package io.wanstreams.gateway.access;

/** What a caller may do with the jobs of its tenant. */
public enum Scope {
    /** Create, remix, cancel and delete. */
    CREATE,
    /** Look, list, follow and download. */
    READ,
    /** Everything, and what is not meant for viewers: latents. */
    ADMIN
}
