/** Audit log and metrics of the token backend. */
package io.podlab.token.observability;
