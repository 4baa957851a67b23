/** What of a request has arrived here: for lessons on routing, proxies and headers. */
package io.podlab.demo.echo;
