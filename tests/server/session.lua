-- A session in Neovim without a screen: a finding, a fix, a rename of a note. Prints one line of JSON.
local root, client = vim.env.VAULT, nil
if vim.lsp.start then -- as docs/editors.md has it
  dofile(vim.env.INIT)
  vim.cmd('edit ' .. root .. '/Start.md')
  local clients = vim.lsp.get_clients or vim.lsp.get_active_clients
  assert(vim.wait(20000, function() return #clients() > 0 end, 50), 'no client')
  client = clients()[1].id
else
  vim.cmd('edit ' .. root .. '/Start.md')
  client = vim.lsp.start_client({ name = 'notelint', cmd = { 'notelint', 'server' }, root_dir = root })
  vim.lsp.buf_attach_client(0, client)
end
assert(vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 50), 'no diagnostics')
local found = { diagnostics = vim.tbl_map(function(d) return d.code or '' end, vim.diagnostic.get(0)) }
local encoding = vim.lsp.get_client_by_id(client).offset_encoding or 'utf-16'

local function ask(method, params)
  local answers = assert(vim.lsp.buf_request_sync(0, method, params, 20000), method)
  for _, answer in pairs(answers) do
    assert(answer.result, vim.inspect(answer))
    return answer.result
  end
end

local document = { uri = vim.uri_from_bufnr(0) }
local place = { line = 2, character = 3 }
local actions = ask('textDocument/codeAction', {
  textDocument = document,
  range = { start = place, ['end'] = place },
  context = { diagnostics = {}, only = { 'quickfix' } },
})
vim.lsp.util.apply_workspace_edit(actions[1].edit, encoding)
found.fixed = vim.api.nvim_buf_get_lines(0, 2, 3, false)[1]
vim.lsp.util.apply_workspace_edit(
  ask('textDocument/rename', { textDocument = document, position = place, newName = 'Ren' }), encoding)
vim.cmd('wall')
io.stdout:write(vim.fn.json_encode(found))
vim.cmd('qall!')
