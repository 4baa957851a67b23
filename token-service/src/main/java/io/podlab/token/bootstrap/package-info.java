/** The bootstrap token, its rules, and the interface of a backend. */
package io.podlab.token.bootstrap;
