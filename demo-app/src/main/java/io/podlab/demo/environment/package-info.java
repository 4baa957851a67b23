/** The container's environment, as far as it may be shown: for lessons on ConfigMaps. */
package io.podlab.demo.environment;
