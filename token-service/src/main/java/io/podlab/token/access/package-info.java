/** Authentication and authorization: who may do what with tokens. */
package io.podlab.token.access;
