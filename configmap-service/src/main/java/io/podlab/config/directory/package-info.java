/** A directory with a file a key: a mounted ConfigMap, or one that people write to. */
package io.podlab.config.directory;
