package io.wanstreams.gateway.access;

import java.util.EnumSet;
import java.util.Set;

/**
 * Who asks.
 *
 * @param tenant whose jobs it sees; those of others do not exist for it
 * @param scopes what it may do; {@link Scope#ADMIN} includes the others
 */
public record Caller(String tenant, Set<Scope> scopes) {

    /** Everybody, where no keys are asked for; requests from Kafka too. */
    public static final Caller ANYBODY = new Caller("default", EnumSet.allOf(Scope.class));

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    public boolean may(Scope scope) {
        return scopes.contains(scope) || scopes.contains(Scope.ADMIN);
    }
}
