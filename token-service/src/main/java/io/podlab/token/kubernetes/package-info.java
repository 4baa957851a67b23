/** Bootstrap tokens as the Secrets of a cluster, and how its API server is asked. */
package io.podlab.token.kubernetes;
