#!/bin/sh
# The examples of vLLM-Omni's docs/serving/videos_api.md and SGLang's docs/diffusion/api/openai_api.md, as they stand there;
# CURL_HOME's .curlrc leads their ports to the gateway, and its jobs are small by the models' defaults.
set -eu
cd "$1"

create_response=$(curl -s http://localhost:8091/v1/videos \
  -F "prompt=A cinematic tracking shot of a mountain lake at sunrise" \
  -F "width=1280" \
  -F "height=720" \
  -F "num_frames=80" \
  -F "fps=16" \
  -F "num_inference_steps=40")

video_id=$(echo "${create_response}" | jq -r '.id')

until [ "$(curl -s "http://localhost:8091/v1/videos/${video_id}" | jq -r .status)" = completed ]; do sleep 1; done
curl -s "http://localhost:8091/v1/videos/${video_id}" | jq .
curl -L "http://localhost:8091/v1/videos/${video_id}/content" -o output.mp4
[ "$(wc -c <output.mp4)" -eq 3000000 ]

curl -X POST http://localhost:8091/v1/videos/sync \
  -F "prompt=A small robot walking through a neon city" \
  -F "width=854" \
  -F "height=480" \
  -F "num_frames=80" \
  -F "fps=16" \
  -o output.mp4
[ "$(wc -c <output.mp4)" -eq 3000000 ]

id=$(curl -sS -X POST "http://localhost:30010/v1/videos" \
  -H "Content-Type: application/json" \
  -H "Authorization: Bearer sk-proj-1234567890" \
  -d '{
        "prompt": "A calico cat playing a piano on stage",
        "size": "1280x720"
      }' | jq -r .id)
curl -sS -X GET "http://localhost:30010/v1/videos" \
  -H "Authorization: Bearer sk-proj-1234567890" | jq -e --arg id "$id" '.data | map(.id) | index($id) != null'
until [ "$(curl -s "http://localhost:30010/v1/videos/${id}" | jq -r .status)" = completed ]; do sleep 1; done
curl -sS -L "http://localhost:30010/v1/videos/$id/content" \
  -H "Authorization: Bearer sk-proj-1234567890" \
  -o output.mp4
[ "$(wc -c <output.mp4)" -eq 3000000 ]
curl -sS -X GET "http://localhost:30010/models" | jq -e '.data | length > 0'
