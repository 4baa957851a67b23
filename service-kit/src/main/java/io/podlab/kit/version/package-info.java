/** Shows the version of a service. */
package io.podlab.kit.version;
