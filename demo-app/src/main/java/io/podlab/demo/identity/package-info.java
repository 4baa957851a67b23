/** Shows which pod answers a request. */
package io.podlab.demo.identity;
