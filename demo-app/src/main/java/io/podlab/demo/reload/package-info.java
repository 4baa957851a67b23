/** Reloads settings on SIGHUP. */
package io.podlab.demo.reload;
