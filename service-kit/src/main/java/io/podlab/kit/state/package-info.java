/** Where a service keeps what must survive a restart, and how it is written. */
package io.podlab.kit.state;
