/** The backend on a cluster: tokens as Secrets, and requests to the API server. */
package io.podlab.token.kubernetes;
