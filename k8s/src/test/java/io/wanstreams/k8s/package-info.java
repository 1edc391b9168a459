/** Holds the manifests to the topic table, the services' settings and the Kubernetes API. */
@NullMarked
package io.wanstreams.k8s;

import org.jspecify.annotations.NullMarked;
