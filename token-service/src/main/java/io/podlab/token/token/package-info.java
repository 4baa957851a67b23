/** Bootstrap tokens: with one of these a machine joins the cluster. */
package io.podlab.token.token;
