/** Shows a part of the container's environment: for lessons on ConfigMaps. */
package io.podlab.demo.environment;
