/** HTTPS on a second port, with a given or a self-signed certificate, and HTTP/2. */
package io.podlab.kit.tls;
