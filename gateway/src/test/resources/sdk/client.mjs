// The official Node SDK, unchanged, against a gateway: argument 1 is its /v1, argument 2 a word of this run.
import assert from 'node:assert';
import OpenAI from 'openai';

const [url, run] = process.argv.slice(2);
const client = new OpenAI({ apiKey: 'none', baseURL: url });
const small = { size: '64x64', num_frames: 5 };

async function ended(video) {
  while (video.status === 'queued' || video.status === 'in_progress') {
    await new Promise((resolve) => setTimeout(resolve, 200));
    video = await client.videos.retrieve(video.id);
  }
  return video;
}

const video = await ended(
  await client.videos.create({ prompt: 'a lake', seconds: '4', ...small, metadata: { sdk: '1' } }),
);
assert.equal(video.status, 'completed');
assert.equal(video.progress, 100);
const failed = await ended(
  await client.videos.create({ prompt: 'a lake', ...small, metadata: { sdk: '1', fails: '1' } }),
);
assert.equal(failed.status, 'failed');
assert.equal(failed.error.code, 'stage_failed');

const content = await client.videos.downloadContent(video.id);
assert.equal((await content.arrayBuffer()).byteLength, 3000000);
const remix = await client.videos.remix(video.id, { prompt: 'a dog' });
assert.equal(remix.remixed_from_video_id, video.id);

for (let number = 0; number < 251; number++) {
  await client.videos.create({ prompt: `shot ${number}`, ...small, metadata: { run, idle: '1' } });
}
const listed = [];
for await (const item of client.videos.list({ limit: 100, order: 'asc' }, { query: { limit: 100, order: 'asc', 'metadata[run]': run } })) {
  listed.push(item.prompt);
}
assert.deepEqual(listed, Array.from({ length: 251 }, (_, number) => `shot ${number}`));

assert.equal((await client.videos.delete(video.id)).object, 'video.deleted');
await assert.rejects(client.videos.retrieve(video.id), OpenAI.NotFoundError);
await assert.rejects(
  client.videos.create({ prompt: 'a lake', size: '100x100' }),
  (error) => error instanceof OpenAI.BadRequestError && error.param === 'size' && Boolean(error.requestID),
);
console.log('openai for Node is content');
