/** Shows the request as it arrived: for lessons on routing, proxies and headers. */
package io.podlab.demo.echo;
