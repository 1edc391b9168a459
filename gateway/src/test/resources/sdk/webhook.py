"""The official Python SDK, unchanged, verifies a delivery: a JSON file with the secret, the headers and the body as Base64."""
import base64
import json
import sys

import openai

with open(sys.argv[1], encoding="utf-8") as file:
    delivery = json.load(file)
client = openai.OpenAI(api_key="none", webhook_secret=delivery["secret"])
body = base64.b64decode(delivery["body"]).decode()
client.webhooks.verify_signature(body, delivery["headers"])
for wrong in (body.replace("video", "vedio"), body + " "):
    try:
        client.webhooks.verify_signature(wrong, delivery["headers"])
    except openai.InvalidWebhookSignatureError:
        continue
    raise AssertionError("a body that was changed counts as signed")
event = json.loads(body)
assert event["type"] == "video.completed" and event["object"] == "event", event
print(event["data"]["id"])
