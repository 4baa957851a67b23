/** Serves the current files of a directory: for lessons on volumes and init containers. */
package io.podlab.demo.content;
