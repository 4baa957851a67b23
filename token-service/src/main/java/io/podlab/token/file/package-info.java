/** Tokens in a file of this service's own: the backend without a cluster. */
package io.podlab.token.file;
