/** The source {@code subpath}: one key of a ConfigMap, mounted as a file with {@code subPath}. */
package io.podlab.config.file;
