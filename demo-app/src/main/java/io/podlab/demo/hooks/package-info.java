/**
 * The HTTP form of the postStart and preStop hooks, and the file that the exec form of postStart
 * writes.
 */
package io.podlab.demo.hooks;
