/** {@code /tokens}: {@code kubeadm token} over HTTP, with kubeadm's rules, defaults and texts. */
package io.podlab.token.kubeadm;
