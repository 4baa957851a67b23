/** Reads settings literally, and names the variable in errors. */
package io.podlab.kit.settings;
