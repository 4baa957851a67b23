/** The sources {@code volume} and {@code directory}: a directory with one file for each key. */
package io.podlab.config.directory;
