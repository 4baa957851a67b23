/** Answers with any headers: for lessons on clients, caches and proxies that obey them. */
package io.podlab.demo.responseheaders;
