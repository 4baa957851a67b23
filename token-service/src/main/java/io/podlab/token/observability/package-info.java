/** What is recorded of tokens and of the place where they are kept: audit log and metrics. */
package io.podlab.token.observability;
