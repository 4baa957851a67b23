/** One key of a ConfigMap as a file: what {@code subPath} mounts. */
package io.podlab.config.file;
