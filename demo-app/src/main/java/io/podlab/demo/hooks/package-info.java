/** The http form of a container's postStart and preStop hooks, and the file of their exec form. */
package io.podlab.demo.hooks;
