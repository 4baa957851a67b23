/**
 * What every Podlab service does alike over HTTP: text for a terminal, JSON on request, errors as
 * problem details, a bound on bodies.
 */
package io.podlab.kit.http;
