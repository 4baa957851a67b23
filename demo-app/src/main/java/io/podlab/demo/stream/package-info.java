/** Streams answers line by line: for lessons on proxies that buffer answers. */
package io.podlab.demo.stream;
