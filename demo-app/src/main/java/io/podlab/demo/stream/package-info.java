/** An answer that comes line by line: for lessons on proxies that hold answers back. */
package io.podlab.demo.stream;
