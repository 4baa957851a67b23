/** Where the service keeps what must survive a restart. */
package io.podlab.token.state;
