{{/* The names of the services that are installed, separated by spaces. */}}
{{- define "podlab.enabled" -}}
{{- $names := list }}
{{- range $name := list "board" "configmap-service" "demo-app" "probe-target" "token-service" }}
{{- if (index $.Values $name).enabled }}
{{- $names = append $names $name }}
{{- end }}
{{- end }}
{{- join " " $names }}
{{- end }}

{{/* The objects of a generated file in the namespace of the release, with the values applied. */}}
{{- define "podlab.objects" -}}
{{- $text := .root.Files.Get .file }}
{{- if not $text }}
{{- fail (printf "%s is missing in the chart; package it from a checkout with symbolic links" .file) }}
{{- end }}
{{- range $document := splitList "\n---\n" $text }}
{{- $object := fromYaml $document }}
{{- if $object.kind }}
{{- include "podlab.move" (dict "object" $object "root" $.root) }}
{{- if eq $object.kind "Deployment" }}
{{- include "podlab.deployment" (dict "object" $object "values" $.values "root" $.root) }}
{{- else if eq $object.kind "Service" }}
{{- include "podlab.service" (dict "object" $object "values" $.values) }}
{{- end }}
---
{{ toYaml $object }}
{{- end }}
{{- end }}
{{- end }}

{{/* Puts the namespace of the release in place of podlab, also in the names of objects outside of it. */}}
{{- define "podlab.move" -}}
{{- $namespace := .root.Release.Namespace }}
{{- $metadata := .object.metadata }}
{{- if not (hasPrefix "Cluster" .object.kind) }}
{{- if eq (default "podlab" $metadata.namespace) "podlab" }}
{{- $_ := set $metadata "namespace" $namespace }}
{{- end }}
{{- end }}
{{- $_ := set $metadata "name" (regexReplaceAll "^podlab:" $metadata.name (printf "%s:" $namespace)) }}
{{- $labels := default dict $metadata.labels }}
{{- $_ := set $metadata "labels" (set $labels "app.kubernetes.io/part-of" "podlab") }}
{{- if .object.roleRef }}
{{- $_ := set .object.roleRef "name" (regexReplaceAll "^podlab:" .object.roleRef.name (printf "%s:" $namespace)) }}
{{- end }}
{{- range $subject := .object.subjects }}
{{- $_ := set $subject "namespace" $namespace }}
{{- end }}
{{- end }}

{{- define "podlab.service" -}}
{{- $values := .values.service }}
{{- $_ := set .object.spec "type" $values.type }}
{{- if $values.nodePort }}
{{- $_ := set (first .object.spec.ports) "nodePort" (int $values.nodePort) }}
{{- end }}
{{- $_ := set .object.metadata "annotations" (merge (dict) (default dict $values.annotations) .object.metadata.annotations) }}
{{- end }}

{{- define "podlab.deployment" -}}
{{- $values := .values }}
{{- $image := .root.Values.image }}
{{- $spec := .object.spec }}
{{- $pod := $spec.template.spec }}
{{- $metadata := $spec.template.metadata }}
{{- $container := first $pod.containers }}
{{- if not (kindIs "invalid" $values.replicas) }}
{{- $_ := set $spec "replicas" (int $values.replicas) }}
{{- end }}
{{- $repository := first (regexSplit ":" $container.image 2) }}
{{- if $image.registry }}
{{- $repository = printf "%s/%s" (trimSuffix "/" $image.registry) $repository }}
{{- end }}
{{- $generated := printf "%s:%s" $repository (default .root.Chart.AppVersion $image.tag) }}
{{- $_ := set $container "image" (default $generated $values.image) }}
{{- $_ := set $container "imagePullPolicy" $image.pullPolicy }}
{{- if $image.pullSecrets }}
{{- $_ := set $pod "imagePullSecrets" $image.pullSecrets }}
{{- end }}
{{- if $values.resources }}
{{- $_ := set $container "resources" $values.resources }}
{{- end }}
{{- if $values.env }}
{{- $names := dict }}
{{- range $variable := $values.env }}
{{- $_ := set $names $variable.name true }}
{{- end }}
{{- $env := list }}
{{- range $variable := default list $container.env }}
{{- if not (hasKey $names $variable.name) }}
{{- $env = append $env $variable }}
{{- end }}
{{- end }}
{{- $_ := set $container "env" (concat $env $values.env) }}
{{- end }}
{{- range $kind, $changes := $values.probes }}
{{- $field := printf "%sProbe" $kind }}
{{- if eq (toString $changes.enabled) "false" }}
{{- $_ := unset $container $field }}
{{- else if $changes }}
{{- $probe := default dict (index $container $field) }}
{{- if pick $changes "httpGet" "tcpSocket" "exec" "grpc" }}
{{- $probe = omit $probe "httpGet" "tcpSocket" "exec" "grpc" }}
{{- end }}
{{- $_ := set $container $field (mergeOverwrite $probe (omit $changes "enabled")) }}
{{- end }}
{{- end }}
{{- $_ := set $metadata "annotations" (merge (dict) (default dict $values.podAnnotations) $metadata.annotations) }}
{{- $_ := set $metadata "labels" (merge (dict) $metadata.labels (default dict $values.podLabels)) }}
{{- range $field := list "nodeSelector" "tolerations" "affinity" }}
{{- if index $values $field }}
{{- $_ := set $pod $field (index $values $field) }}
{{- end }}
{{- end }}
{{- $_ := set $pod "securityContext" (mergeOverwrite $pod.securityContext (default dict $values.podSecurityContext)) }}
{{- $_ := set $container "securityContext" (mergeOverwrite $container.securityContext (default dict $values.securityContext)) }}
{{- end }}
