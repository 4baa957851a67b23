/** Authenticates callers and checks their permissions. */
package io.podlab.token.access;
