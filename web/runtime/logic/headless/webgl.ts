/** WebGL for `canvas.ts`: every method of both versions, and the few constants that code compares results with. */

/** By name; what makes something answers an object, what is not named in `answering` nothing. */
export const webglMethods: readonly string[] = [
  'activeTexture attachShader beginQuery beginTransformFeedback bindAttribLocation bindBuffer bindBufferBase',
  'bindBufferRange bindFramebuffer bindRenderbuffer bindSampler bindTexture bindTransformFeedback bindVertexArray',
  'blendColor blendEquation blendEquationSeparate blendFunc blendFuncSeparate blitFramebuffer bufferData',
  'bufferSubData checkFramebufferStatus clear clearBufferfi clearBufferfv clearBufferiv clearBufferuiv clearColor',
  'clearDepth clearStencil clientWaitSync colorMask compileShader compressedTexImage2D compressedTexImage3D',
  'compressedTexSubImage2D compressedTexSubImage3D copyBufferSubData copyTexImage2D copyTexSubImage2D',
  'copyTexSubImage3D createBuffer createFramebuffer createProgram createQuery createRenderbuffer createSampler',
  'createShader createTexture createTransformFeedback createVertexArray cullFace deleteBuffer deleteFramebuffer',
  'deleteProgram deleteQuery deleteRenderbuffer deleteSampler deleteShader deleteSync deleteTexture',
  'deleteTransformFeedback deleteVertexArray depthFunc depthMask depthRange detachShader disable',
  'disableVertexAttribArray drawArrays drawArraysInstanced drawBuffers drawElements drawElementsInstanced',
  'drawRangeElements enable enableVertexAttribArray endQuery endTransformFeedback fenceSync finish flush',
  'framebufferRenderbuffer framebufferTexture2D framebufferTextureLayer frontFace generateMipmap getActiveAttrib',
  'getActiveUniform getActiveUniformBlockName getActiveUniformBlockParameter getActiveUniforms getAttachedShaders',
  'getAttribLocation getBufferParameter getBufferSubData getContextAttributes getError getExtension',
  'getFragDataLocation getFramebufferAttachmentParameter getIndexedParameter getInternalformatParameter',
  'getParameter getProgramInfoLog getProgramParameter getQuery getQueryParameter getRenderbufferParameter',
  'getSamplerParameter getShaderInfoLog getShaderParameter getShaderPrecisionFormat getShaderSource',
  'getSupportedExtensions getSyncParameter getTexParameter getTransformFeedbackVarying getUniform',
  'getUniformBlockIndex getUniformIndices getUniformLocation getVertexAttrib getVertexAttribOffset hint',
  'invalidateFramebuffer invalidateSubFramebuffer isBuffer isContextLost isEnabled isFramebuffer isProgram isQuery',
  'isRenderbuffer isSampler isShader isSync isTexture isTransformFeedback isVertexArray lineWidth linkProgram',
  'pauseTransformFeedback pixelStorei polygonOffset readBuffer readPixels renderbufferStorage',
  'renderbufferStorageMultisample resumeTransformFeedback sampleCoverage samplerParameterf samplerParameteri',
  'scissor shaderSource stencilFunc stencilFuncSeparate stencilMask stencilMaskSeparate stencilOp stencilOpSeparate',
  'texImage2D texImage3D texParameterf texParameteri texStorage2D texStorage3D texSubImage2D texSubImage3D',
  'transformFeedbackVaryings uniform1f uniform1fv uniform1i uniform1iv uniform1ui uniform1uiv uniform2f uniform2fv',
  'uniform2i uniform2iv uniform2ui uniform2uiv uniform3f uniform3fv uniform3i uniform3iv uniform3ui uniform3uiv',
  'uniform4f uniform4fv uniform4i uniform4iv uniform4ui uniform4uiv uniformBlockBinding uniformMatrix2fv',
  'uniformMatrix2x3fv uniformMatrix2x4fv uniformMatrix3fv uniformMatrix3x2fv uniformMatrix3x4fv uniformMatrix4fv',
  'uniformMatrix4x2fv uniformMatrix4x3fv useProgram validateProgram vertexAttrib1f vertexAttrib1fv vertexAttrib2f',
  'vertexAttrib2fv vertexAttrib3f vertexAttrib3fv vertexAttrib4f vertexAttrib4fv vertexAttribDivisor',
  'vertexAttribI4i vertexAttribI4iv vertexAttribI4ui vertexAttribI4uiv vertexAttribIPointer vertexAttribPointer',
  'viewport waitSync',
].flatMap((line) => line.split(' '));

/** The others only travel back to us, where nothing looks at them. */
export const webglConstants: Record<string, number> = {
  ACTIVE_ATTRIBUTES: 0x8b89, ACTIVE_UNIFORMS: 0x8b86, ACTIVE_UNIFORM_BLOCKS: 0x8a36, ATTACHED_SHADERS: 0x8b85,
  TRANSFORM_FEEDBACK_VARYINGS: 0x8c83, ARRAY_BUFFER: 0x8892, COLOR_BUFFER_BIT: 0x4000, COMPILE_STATUS: 0x8b81, DEPTH_BUFFER_BIT: 0x100, FLOAT: 0x1406,
  ELEMENT_ARRAY_BUFFER: 0x8893, FRAGMENT_SHADER: 0x8b30, FRAMEBUFFER: 0x8d40, FRAMEBUFFER_COMPLETE: 0x8cd5,
  LINK_STATUS: 0x8b82, NO_ERROR: 0, RENDERER: 0x1f01, RGB: 0x1907, RGBA: 0x1908, SCISSOR_BOX: 0xc10,
  SHADING_LANGUAGE_VERSION: 0x8b8c, STATIC_DRAW: 0x88e4, STENCIL_BUFFER_BIT: 0x400, TEXTURE_2D: 0xde1,
  TEXTURE0: 0x84c0, TRIANGLES: 4, TRIANGLE_STRIP: 5, UNSIGNED_BYTE: 0x1401, UNSIGNED_SHORT: 0x1403, VENDOR: 0x1f00,
  VERSION: 0x1f02, VERTEX_SHADER: 0x8b31, VIEWPORT: 0xba2,
}; // biome-ignore format: one list

/** What `getParameter` says of what is no number. */
export const webglParameters: Record<number, unknown> = {
  7936: 'Mezze', 7937: 'headless', 7938: 'WebGL 2.0', 35724: 'WebGL GLSL ES 3.00',
  2978: [0, 0, 300, 150], 3088: [0, 0, 300, 150],
}; // biome-ignore format: one list

/** What `getProgramParameter` answers a number to. */
export const webglCounts: ReadonlySet<number> = new Set(
  [
    'ACTIVE_ATTRIBUTES',
    'ACTIVE_UNIFORMS',
    'ACTIVE_UNIFORM_BLOCKS',
    'ATTACHED_SHADERS',
    'TRANSFORM_FEEDBACK_VARYINGS',
  ].map((name) => webglConstants[name] ?? 0),
);
