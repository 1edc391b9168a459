"""The official Python SDK, unchanged, against a gateway: argument 1 is its /v1, argument 2 a word of this run."""
import base64
import hashlib
import hmac
import os
import sys
import tempfile
import time

import openai

url, run = sys.argv[1], sys.argv[2]
client = openai.OpenAI(api_key="none", base_url=url, webhook_secret="whsec_" + base64.b64encode(b"secret of a test").decode())
small = {"size": "64x64", "extra_body": {"num_frames": 5, "metadata": {"sdk": "1"}}}


def raises(kind, call):
    try:
        call()
    except kind as error:
        return error
    raise AssertionError(f"expected {kind.__name__}")


video = client.videos.create_and_poll(prompt="a lake", seconds="4", poll_interval_ms=200, **small)
assert video.status == "completed" and video.progress == 100 and video.error is None, video
assert video.object == "video" and video.size == "64x64" and video.completed_at >= video.created_at, video

failed = client.videos.create_and_poll(
    prompt="a lake", poll_interval_ms=200, size="64x64",
    extra_body={"num_frames": 5, "metadata": {"sdk": "1", "fails": "1"}})
assert failed.status == "failed" and failed.error.code == "stage_failed", failed

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "video.mp4")
    client.videos.download_content(video.id).write_to_file(path)
    assert os.path.getsize(path) == 3_000_000
assert client.videos.download_content(video.id, variant="thumbnail").read() == b"\x09"
raises(openai.NotFoundError, lambda: client.videos.download_content(failed.id))

remix = client.videos.remix(video.id, prompt="a dog")
assert remix.remixed_from_video_id == video.id and remix.prompt == "a dog", remix

for number in range(251):
    client.videos.create(
        prompt=f"shot {number}", size="64x64",
        extra_body={"num_frames": 5, "metadata": {"run": run, "idle": "1"}})
listed = [item.prompt for item in client.videos.list(limit=100, order="asc", extra_query={"metadata[run]": run})]
assert listed == [f"shot {number}" for number in range(251)], len(listed)

deleted = client.videos.delete(video.id)
assert deleted.deleted and deleted.object == "video.deleted" and deleted.id == video.id, deleted
assert raises(openai.NotFoundError, lambda: client.videos.retrieve(video.id)).code == "video_not_found"
bad = raises(openai.BadRequestError, lambda: client.videos.create(prompt="a lake", size="100x100"))
assert bad.param == "size" and bad.request_id, bad
key = {"Idempotency-Key": run}
first = client.videos.create(prompt="one", extra_body={"metadata": {"idle": "1"}}, extra_headers=key)
again = client.videos.create(prompt="one", extra_body={"metadata": {"idle": "1"}}, extra_headers=key)
assert first.id == again.id
raises(openai.ConflictError, lambda: client.videos.create(prompt="two", extra_headers=key))
raises(openai.InternalServerError, lambda: client.videos.get_character("c"))

body = '{"id":"evt_1","object":"event","type":"video.completed","created_at":1,"data":{"id":"%s"}}' % first.id
stamp = str(int(time.time()))
mac = hmac.new(b"secret of a test", f"msg_1.{stamp}.{body}".encode(), hashlib.sha256).digest()
headers = {"webhook-id": "msg_1", "webhook-timestamp": stamp, "webhook-signature": "v1," + base64.b64encode(mac).decode()}
client.webhooks.verify_signature(body, headers)
raises(openai.InvalidWebhookSignatureError, lambda: client.webhooks.verify_signature(body + " ", headers))
print("openai", openai.__version__, "is content")
