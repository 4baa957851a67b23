/** What a bootstrap token is, and what a place that keeps them must do. */
package io.podlab.token.bootstrap;
