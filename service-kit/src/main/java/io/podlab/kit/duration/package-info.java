/** How long: in the words of Kubernetes' tools, which are Go's. */
package io.podlab.kit.duration;
