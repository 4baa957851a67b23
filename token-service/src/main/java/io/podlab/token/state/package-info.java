/** The state directory: data that must survive a restart. */
package io.podlab.token.state;
